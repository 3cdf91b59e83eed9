"""Gives a site drawn images and pictures: what a build with images on has to make besides."""

import shutil

from PIL import Image


def give_images(root):
    """Ask for drawn images, and give each tenth explainer two pictures of its own, as large as a camera's: one that it leads with, one in its text."""
    settings = root / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").rstrip() + "\nimages: yes\n", "utf-8")
    folder = root / "content/explainers/pictures"
    folder.mkdir()
    for n, explainer in enumerate(sorted(root.glob("content/explainers/*.md"))[::10]):
        hues = [Image.linear_gradient("L").rotate(n * 7).resize((2400, 1600)) for _ in range(2)]
        Image.merge("RGB", [hues[0], hues[1].rotate(90), Image.effect_mandelbrot((2400, 1600), (-2, -1, 1, 1 + n / 50), 40)]).save(
            folder / f"picture-{n}.jpg", quality=90
        )
        shutil.copy(folder / f"picture-{n}.jpg", folder / f"other-{n}.jpg")
        head = f"---\nimage: {{file: pictures/picture-{n}.jpg, alt: A picture, credit: Nobody}}\n"
        text = explainer.read_text("utf-8").replace("---\n", head, 1).rstrip()
        explainer.write_text(f"{text}\n\n![Another picture](pictures/other-{n}.jpg)\n", "utf-8")
