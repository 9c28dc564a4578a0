"""Small networks in the layout of Stable Diffusion, by diffusers and transformers in float64: text encoder, U-Net, autoencoder."""
import diffusers
import numpy as np
import torch
import transformers
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

from golden import parameter, wave, write


def tensor(values):
    return torch.tensor(np.asarray(values).tolist(), dtype=torch.float64)


def filled(model):
    """Weights by the formula of their name in the file."""
    model = model.double().eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            path = name.removeprefix("text_model.")
            weight.copy_(tensor(parameter(path, list(weight.shape))).reshape(weight.shape))
    return model


def images(shape, phase):
    """[batch, height, width, channel] as [batch, channel, height, width]."""
    return tensor(wave(shape, phase)).permute(0, 3, 1, 2)


def listed(x):
    return x.permute(0, 2, 3, 1).reshape(-1)


UNET = dict(
    sample_size=4, in_channels=2, out_channels=3, block_out_channels=[8, 16], layers_per_block=1,
    cross_attention_dim=6, attention_head_dim=[2, 4], norm_num_groups=4, norm_eps=1e-5, use_linear_projection=True,
)
KINDS = {
    "high": (["CrossAttnDownBlock2D", "DownBlock2D"], ["UpBlock2D", "CrossAttnUpBlock2D"]),
    "low": (["DownBlock2D", "CrossAttnDownBlock2D"], ["CrossAttnUpBlock2D", "UpBlock2D"]),
}
TEXT = dict(
    vocab_size=11, hidden_size=8, intermediate_size=12, num_hidden_layers=2, num_attention_heads=2,
    max_position_embeddings=5,
)
VAE = dict(
    sample_size=8, in_channels=3, out_channels=3, latent_channels=2, block_out_channels=[8, 16], layers_per_block=1,
    norm_num_groups=4, scaling_factor=0.5,
)

def places(model, run):
    """How many places each matrix or filter is applied to, for one item."""
    counts = {}

    def hook(name, module):
        def count(_, inputs, output):
            batch, channels = output.shape[0], module.weight.shape[0]
            counts[f"{name.removeprefix('text_model.')}.weight"] = output.numel() // (batch * channels)
        return count

    handles = [
        module.register_forward_hook(hook(name, module))
        for name, module in model.named_modules()
        if isinstance(module, (torch.nn.Linear, torch.nn.Conv2d))
    ]
    run()
    for handle in handles:
        handle.remove()
    return counts


found = {}
counted = {}
with torch.no_grad():
    for kind, (down, up) in KINDS.items():
        unet = filled(UNet2DConditionModel(down_block_types=down, up_block_types=up, **UNET))
        text = tensor(wave([2, 3, 6], 0.7))
        out = unet(images([2, 4, 4, 2], 0.3), torch.tensor([3, 500]), text).sample
        found[f"unet_{kind}"] = listed(out)
        one = images([1, 4, 4, 2], 0.3)
        counted[f"unet_{kind}"] = places(unet, lambda: unet(one, torch.tensor([3]), text[:1]))
    for act in ["quick_gelu", "gelu"]:
        clip = filled(CLIPTextModel(CLIPTextConfig(hidden_act=act, **TEXT)))
        ids = torch.tensor([[0, 3, 7, 10, 10], [1, 1, 9, 2, 10]])
        found[f"text_{act}"] = clip(input_ids=ids).last_hidden_state.reshape(-1)
        counted["text"] = places(clip, lambda: clip(input_ids=ids[:1]))
    vae = filled(AutoencoderKL(
        down_block_types=["DownEncoderBlock2D"] * 2, up_block_types=["UpDecoderBlock2D"] * 2, **VAE,
    ))
    found["decoded"] = listed(vae.decode(images([1, 4, 4, 2], 0.2) / VAE["scaling_factor"]).sample)
    moments = vae.encode(images([1, 8, 8, 3], 0.9)).latent_dist
    found["mean"] = listed(moments.mean)
    found["log_variance"] = listed(moments.logvar)
    counted["autoencoder"] = places(vae, lambda: vae(images([1, 8, 8, 3], 0.9)))

write(__file__, [diffusers, np, torch, transformers], {**found, "places": counted})
