"""How making a backup and restoring it can fail."""

from guanxi.kit.errors import ConflictError, InvalidValuesError, NotFoundError
from guanxi.kit.text import Text


class NoSuchWorkspaceError(NotFoundError):
    """There is nothing to back up."""

    code = "no_such_workspace"
    sentence = Text(
        zh="这里没有工作区「{workspace}」。请用 GUANXI_WORKSPACE 指定已有的工作区。",
        en="There is no workspace “{workspace}” here. Name one that exists by GUANXI_WORKSPACE.",
    )


class NotABackupError(InvalidValuesError):
    """A file of something else."""

    code = "not_a_backup"
    sentence = Text(
        zh="{path} 不是 guanxi backup 生成的备份，什么都没有改动。",
        en="{path} was not made by guanxi backup. Nothing was changed.",
    )


class IncompleteBackupError(InvalidValuesError):
    """The end of the file is missing."""

    code = "incomplete_backup"
    sentence = Text(
        zh="{path} 不完整，可能没有复制完。请重新复制或换一个备份；什么都没有改动。",
        en="{path} is not complete; its end is missing. Copy it again or take another. Nothing was changed.",
    )


class DamagedBackupError(InvalidValuesError):
    """Its bytes are not those that were written, or say what no backup says."""

    code = "damaged_backup"
    sentence = Text(
        zh="{path} 已损坏或被改过（{reason}）。请换一个备份；什么都没有改动。",
        en="{path} is damaged or was altered ({reason}). Take another. Nothing was changed.",
    )


class NewerBackupError(InvalidValuesError):
    """Made by a version after this one."""

    code = "newer_backup"
    sentence = Text(
        zh="{path} 由更新的版本（{version}）生成。请先升级 Guanxi；什么都没有改动。",
        en="{path} was made by a newer version ({version}). Upgrade Guanxi first. Nothing was changed.",
    )


class WorkspaceInUseError(ConflictError):
    """The workspace to restore into has people already."""

    code = "workspace_in_use"
    sentence = Text(
        zh="工作区「{workspace}」已在使用，不会被覆盖。请用 --workspace 另取一个名称。",
        en="The workspace “{workspace}” is in use and is not overwritten. Choose another name by --workspace.",
    )


class WorkspaceBusyError(ConflictError):
    """Somebody is at work in the empty workspace that is to be replaced."""

    code = "workspace_busy"
    sentence = Text(
        zh="工作区「{workspace}」正忙。请停止 guanxi serve 后再试；什么都没有改动。",
        en="The workspace “{workspace}” is busy. Stop guanxi serve and try again. Nothing was changed.",
    )


class InvalidWorkspaceNameError(InvalidValuesError):
    """A name no schema can have."""

    code = "invalid_workspace_name"
    sentence = Text(
        zh="工作区名称「{workspace}」不可用：小写字母开头，只含小写字母、数字和下划线，最长 40 个字符。",
        en="“{workspace}” cannot name a workspace: small letters, digits and _, a letter first, 40 characters at most.",
    )


class NoRoomError(InvalidValuesError):
    """The content of files does not fit on the disk."""

    code = "no_room"
    sentence = Text(
        zh="附件需要 {needed} MB，{folder} 所在磁盘只剩 {free} MB。请腾出空间；什么都没有改动。",
        en="The files need {needed} MB, {free} MB are free where {folder} lies. Make room. Nothing was changed.",
    )
