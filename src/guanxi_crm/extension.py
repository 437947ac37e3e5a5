"""The CRM as the platform finds it."""

from pathlib import Path

from guanxi.sdk.extension import Extension, StepsByObject
from guanxi.sdk.saving import Clock
from guanxi_crm.demo.fill import fill
from guanxi_crm.sales.stage_progress import StageProgress


def _saving_steps(clock: Clock) -> StepsByObject:
    return {"crm_opportunity": [StageProgress(clock)]}


EXTENSION = Extension(
    name="crm",
    folder=Path(__file__).parent,
    saving_steps=_saving_steps,
    fill_demo=fill,
)
