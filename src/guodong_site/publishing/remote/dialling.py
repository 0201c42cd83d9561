"""The line to a server is opened: who we are, and that it is the server we mean.

A host key is never accepted unseen, and nothing that ~/.ssh/config says changes that.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import asyncssh

from guodong_site.publishing.remote.account import Account
from guodong_site.publishing.remote.line import Line
from guodong_site.publishing.target import LackingError, TargetError

_CIPHERS = "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr"
"""All that are good, the one first that costs this side least: most of what we say is short."""


@asynccontextmanager
async def dialled(account: Account) -> AsyncIterator[Line]:
    """The line, open.  The server's key must be the one known_hosts says; nothing is ever accepted unseen."""
    known = await _known(account)
    try:
        connection = await asyncssh.connect(
            account.host,
            account.port,
            username=account.user,
            client_keys=[str(account.key)] if account.key else (),
            passphrase=account.passphrase,
            password=account.password,
            known_hosts=known,
            encryption_algs=_CIPHERS,
            config=[],  # what ~/.ssh/config says of host keys is not ours to trust
            connect_timeout=20,
            login_timeout=30,
            keepalive_interval=15,
            keepalive_count_max=3,
        )
    except (asyncssh.HostKeyNotVerifiable, asyncssh.KeyExchangeFailed, asyncssh.ConnectionLost, ConnectionResetError) as fault:
        raise await _stranger(account) from fault
    except asyncssh.PermissionDenied as fault:
        hint = "核对 site.yaml 里的 user 和 key，请服务器的管理员把公钥写进 authorized_keys"
        message = f"服务器 {account} 不让用户 {account.user} 登录：密钥不对，或者没有登记"
        raise TargetError(message, hint) from fault
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as fault:
        if "bcrypt" in str(fault):
            hint = "运行：pip install bcrypt；或者把密钥交给 ssh-agent，或者另做一个专门用来发布的密钥"
            raise LackingError("打开有口令的密钥要用程序库 bcrypt，这台电脑上没有", hint) from fault
        hint = "换一个密钥文件；有口令的，把口令放在环境变量 GUODONG_SFTP_PASSPHRASE 里"
        message = f"密钥文件“{account.key}”用不了：读不出密钥，或者口令不对"
        raise TargetError(message, hint) from fault
    except socket.gaierror as fault:
        message = f"找不到服务器 {account.host}"
        raise TargetError(message, "核对 site.yaml 里的 host，以及网络是否连通") from fault
    except (asyncssh.Error, OSError) as fault:
        message = f"连不上服务器 {account}"
        raise TargetError(message, "核对 host 和 port，看网络是否连通、服务器是否开着", passing=True) from fault
    async with connection:
        try:
            sftp = await connection.start_sftp_client()
        except (asyncssh.Error, OSError) as fault:
            message = f"服务器 {account} 没有开放 SFTP，或者连接断了"  # the two look alike from here
            raise TargetError(message, "再发布一次；还是这样，请服务器的管理员开通 SFTP", passing=True) from fault
        yield Line(account, connection, sftp)
        sftp.exit()


async def _known(account: Account) -> str:
    """The file known_hosts, which must be there and be one."""
    try:
        asyncssh.read_known_hosts(str(account.known_hosts))
    except OSError as fault:
        raise await _stranger(account) from fault
    except ValueError as fault:
        message = f"文件“{account.known_hosts}”的格式不对（{fault}）"
        raise TargetError(message, "它应是 OpenSSH 的 known_hosts 文件") from fault
    return str(account.known_hosts)


async def _stranger(account: Account) -> TargetError:
    """The server shows a key that we do not know, or another than we know: then it may simply have hung up."""
    try:
        shown = await asyncssh.get_server_host_key(account.host, account.port, config=[])
    except (asyncssh.Error, OSError):
        shown = None
    trusted: Sequence[asyncssh.SSHKey] = ()
    with suppress(OSError):
        trusted, *_ = asyncssh.match_known_hosts(str(account.known_hosts), account.host, "", account.port)
    if shown is None or shown.public_data in [key.public_data for key in trusted]:
        return TargetError(f"连不上服务器 {account}", "核对 host 和 port，看网络是否连通、服务器是否开着", passing=True)
    what = f"{shown.get_algorithm()}，{shown.get_fingerprint()}"
    if trusted:
        hint = f"可能有人冒充服务器。请向管理员核实；确实换了密钥的，先在“{account.known_hosts}”里删去这台服务器的旧行"
        return TargetError(f"服务器 {account} 的主机密钥变了，没有连接（现在的是 {what}）", hint)
    hint = f"向管理员核对上面的指纹，一致的话运行：ssh-keyscan -p {account.port} {account.host} >> {account.known_hosts}"
    return TargetError(f"还不认识服务器 {account} 的主机密钥，没有连接（它出示的是 {what}）", hint)
