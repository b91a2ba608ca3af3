"""The part of the fuse box that leads to a language model, if one is configured."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webferry.adapters.secrets_manager import SecretsManagerPepper
from webferry.adapters.system import SystemClock
from webferry.model_ports import Extractors, ImageModels, Mappers
from webferry.settings import Settings
from webferry.usecases.answer_prompt import AnswerPrompt
from webferry.usecases.read_records import ReadRecords


@dataclass(frozen=True)
class Models:
    """What can be asked of a model; nothing of it is loaded before something is."""

    settings: Settings
    secrets: Callable[[], Any]

    @cached_property
    def answer_prompt(self) -> AnswerPrompt:
        """A page's Markdown and a prompt → what of the answer stands in the page."""
        return AnswerPrompt(self.extractor)

    @cached_property
    def read_records(self) -> ReadRecords:
        """A page and a schema → records; the model is asked for what structure cannot answer."""
        return ReadRecords(self.mapper)

    @cached_property
    def extractor(self) -> Extractors | None:
        """A model that answers prompts; None where none is configured."""
        from webferry.adapters.models.asking import ModelExtractor

        return ModelExtractor(self._model) if self.settings.model else None

    @cached_property
    def mapper(self) -> Mappers | None:
        """A model that fits columns to keys; None where none is configured."""
        from webferry.adapters.models.asking import ModelMapper

        return ModelMapper(self._model) if self.settings.model else None

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401
        # boto3 and TLS: only a page with a question needs them.
        from webferry.adapters.models.choosing import model_of

        told = self.settings
        return model_of(told.model, told.model_url, self._key, SystemClock())

    @cached_property
    def images(self) -> ImageModels | None:
        """A model that makes images; None where none is configured."""
        from webferry.adapters.models.choosing import image_model_of

        told = self.settings.shop
        if not told.image_model:
            return None
        clock = SystemClock()
        return image_model_of(told.image_model, told.image_model_url, self._image_key, clock)

    def _key(self) -> str:
        return self._kept(self.settings.model_key_secret)

    def _image_key(self) -> str:
        return self._kept(self.settings.shop.image_model_key_secret)

    def _kept(self, secret: str) -> str:
        """Raises: Unavailable."""
        if not secret:
            return ""
        return SecretsManagerPepper(self.secrets(), secret).value().decode()
