"""A security key in software, which skips asking for a finger or a PIN if a test wants that."""

from __future__ import annotations

import hashlib
import json
import struct
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

_PRESENT, _VERIFIED, _NEW = 0x01, 0x04, 0x40


@dataclass(kw_only=True)
class SoftPasskey:
    """One passkey, for a site at http://localhost."""

    id: bytes = b"soft passkey 123"
    verifies: bool = True
    origin: str = "http://localhost"
    count: int = 0
    user: str = ""
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def create(self, options: str) -> str:
        """Return what a browser answers when the site wants a new passkey."""
        asked = json.loads(options)
        self.user = asked["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        new = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(_NEW) + new}
        client = self._client_data("webauthn.create", asked)
        return self._answer(clientDataJSON=client, attestationObject=cbor2.dumps(attestation))

    def use(self, options: str) -> str:
        """Return what a browser answers when the site wants to see this passkey."""
        self.count += 1
        data, client = self._data(0), self._client_data("webauthn.get", json.loads(options))
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.user
        )

    def _data(self, flags: int) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        return hashlib.sha256(b"localhost").digest() + struct.pack(">BI", flags, self.count)

    def _client_data(self, kind: str, asked: dict[str, str]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _answer(self, **response: bytes | str) -> str:
        encoded = {n: _base64(p) if isinstance(p, bytes) else p for n, p in response.items()}
        id_ = _base64(self.id)
        return json.dumps({"id": id_, "rawId": id_, "type": "public-key", "response": encoded})


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
