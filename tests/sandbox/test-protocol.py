#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox and its description agree, and the program keeps its word on the command line.

Arguments: rundruf-sandbox, data/protocol. Every answer is checked against the schema that the
OpenAPI file names for its path, method and status."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

PROGRAM, PROTOCOL = sys.argv[1:3]
CASES = []


def case(function):
    CASES.append(function)
    return function


class Sandbox:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:"), line
        self.url = line.split()[-1]
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end(signal.SIGTERM)
        self.process.stdout.close()

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait(10)

    def ask(self, method, path, body=None, **headers):
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data, names, method=method)
        try:
            with self.opener.open(request, timeout=10) as answer:
                return answer.status, json.load(answer), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error), error.headers


class Description:
    def __init__(self):
        import jsonschema
        import yaml
        with open(os.path.join(PROTOCOL, "batch-protocol.yaml"), encoding="utf-8") as file:
            self.api = yaml.safe_load(file)
        with open(os.path.join(PROTOCOL, "batch-protocol.schema.json"), encoding="utf-8") as file:
            self.schema = json.load(file)
        self.validator = jsonschema.Draft202012Validator
        self.validator.check_schema(self.schema)

    def check(self, reference, value):
        name = reference.split("#/$defs/")[1]
        schema = {"$defs": self.schema["$defs"], "$ref": "#/$defs/" + name}
        self.validator(schema).validate(value)

    def operation(self, method, path):
        return self.api["paths"][path][method.lower()]

    def check_request(self, method, path, body):
        content = self.operation(method, path)["requestBody"]["content"]
        self.check(content["application/json"]["schema"]["$ref"], body)

    def check_answer(self, method, path, status, body):
        answers = self.operation(method, path)["responses"]
        answer = answers.get(str(status)) or answers["default"]
        assert str(status) in answers or status >= 400, f"{method} {path}: {status} is not described"
        while "$ref" in answer:
            answer = self.api["components"]["responses"][answer["$ref"].split("/")[-1]]
        self.check(answer["content"]["application/json"]["schema"]["$ref"], body)


MANIFEST = {"batch_id": "b-1", "campaign": "Wochenangebot", "channel": "whatsapp",
            "purpose": "weekly-offer", "send_at": "2026-11-26T09:00:00Z", "expires_at": None,
            "planned": 2}
MESSAGES = {"messages": [{"message_id": "m-1", "to": "+491713920000", "text": "Rouladen"},
                         {"message_id": "m-2", "to": "0171", "text": "Rouladen"}]}
B = "/v1/batches/{batch_id}"

# method, path of the description, batch, body, key, status
TALK = [
    ("GET", "/v1/health", "", None, None, 200),
    ("POST", B + "/messages", "b-1", MESSAGES, "k-1", 404),
    ("POST", B + "/commit", "b-1", None, None, 404),
    ("PUT", B, "b-1", {**MANIFEST, "channel": "pigeon"}, None, 422),
    ("PUT", B, "b-1", {**MANIFEST, "batch_id": "b-2"}, None, 422),
    ("PUT", B, "b-1", {**MANIFEST, "planned": "two"}, None, 422),
    ("PUT", B, "b-1", {**MANIFEST, "send_at": "soon"}, None, 422),
    ("PUT", B, "b-1", b"{", None, 422),
    ("PUT", B, "b-1", b"[" * 100000, None, 422),
    ("PUT", B, "b-1", MANIFEST, None, 201),
    ("PUT", B, "b-1", MANIFEST, None, 200),
    ("PUT", B, "b-1", {**MANIFEST, "channel": "email"}, None, 422),
    ("POST", B + "/messages", "b-1", MESSAGES, None, 400),
    ("POST", B + "/messages", "b-1", MESSAGES, '""', 400),
    ("POST", B + "/messages", "b-1", MESSAGES, '"k-1"', 200),
    ("POST", B + "/messages", "b-1", MESSAGES, '"k-1"', 200),
    ("POST", B + "/messages", "b-1", MESSAGES, "k-1", 200),
    ("POST", B + "/messages", "b-1", {"messages": MESSAGES["messages"][:1]}, '"k-1"', 422),
    ("POST", B + "/messages", "b-1", {"messages": []}, '"k-2"', 422),
    ("POST", B + "/messages", "b-1", {"messages": [7]}, '"k-2"', 422),
    ("POST", B + "/messages", "b-1", {"messages": [{"message_id": "m", "to": "+4917"}]}, '"k-2"', 422),
    ("POST", B + "/messages", "b-1", {"messages": MESSAGES["messages"] * 501}, '"k-2"', 422),
    ("GET", "/v1/receipts", "", None, None, 200),
    ("POST", B + "/commit", "b-1", None, None, 200),
    ("GET", "/v1/receipts", "", None, None, 200),
    ("GET", "/v1/receipts", "?after=nonsense", None, None, 400),
    ("POST", B + "/cancel", "b-1", None, None, 200),
    ("PUT", B, "b-3", {**MANIFEST, "batch_id": "b-3"}, None, 201),
    ("POST", B + "/cancel", "b-3", None, None, 200),
    ("POST", B + "/messages", "b-3", MESSAGES, '"k-3"', 410),
    ("POST", B + "/commit", "b-3", None, None, 410),
    ("PUT", B, "b-3", {**MANIFEST, "batch_id": "b-3"}, None, 410),
    ("GET", "/stats", "", None, None, 200),
    ("GET", "/stats", "?detail=1", None, None, 200),
]


@case
def answers_are_as_described():
    description = Description()
    with Sandbox() as sandbox:
        for method, path, batch, body, key, wanted in TALK:
            url = path.replace("{batch_id}", batch) + (batch if batch.startswith("?") else "")
            headers = {} if key is None else {"Idempotency_Key": key}
            status, answer, fields = sandbox.ask(method, url, body, **headers)
            assert status == wanted, f"{method} {url}: {status}, not {wanted}: {answer}"
            description.check_answer(method, path, status, answer)
            assert answer["sandbox"] is True, answer
            assert fields["X-Sandbox"] == "delivers nothing"
            if status < 300 and body is not None:
                description.check_request(method, path, body)
            assert status < 400 or "+49" not in answer["detail"], answer


@case
def strangers_are_turned_away():
    with Sandbox() as sandbox:
        assert sandbox.ask("GET", "/stats", Host="evil.example")[0] == 403
        assert sandbox.ask("GET", "/stats", Origin="https://evil.example")[0] == 403
        assert sandbox.ask("DELETE", "/v1/batches/b-1")[0] == 405
        assert sandbox.ask("POST", "/stats", {})[0] == 405
        assert sandbox.ask("GET", "/nothing")[0] == 404
        with sandbox.opener.open(sandbox.url + "/") as page:
            assert b"delivers nothing" in page.read()


@case
def listens_on_loopback_only():
    with Sandbox() as sandbox:
        port = int(sandbox.url.rsplit(":", 1)[1])
        with open("/proc/net/tcp", encoding="ascii") as file:
            rows = [line.split() for line in file][1:]
        places = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(":%04X" % port)]
        assert places == ["0100007F:%04X" % port], places


@case
def ends_cleanly_and_remembers():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sandbox.db")
        for number in signal.SIGTERM, signal.SIGINT:
            with Sandbox("--db", path) as sandbox:
                sandbox.ask("PUT", "/v1/batches/b-1", MANIFEST)
                sandbox.ask("POST", "/v1/batches/b-1/messages", MESSAGES, Idempotency_Key="k-1")
                assert sandbox.ask("GET", "/stats")[1]["messages"] == 1
                assert sandbox.end(number) == 0
            assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
            assert os.listdir(folder) == ["sandbox.db"], os.listdir(folder)


@case
def survives_a_kill():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sandbox.db")
        with Sandbox("--db", path) as sandbox:
            sandbox.ask("PUT", "/v1/batches/b-1", MANIFEST)
            sandbox.ask("POST", "/v1/batches/b-1/messages", MESSAGES, Idempotency_Key="k-1")
            sandbox.end(signal.SIGKILL)
        with Sandbox("--db", path) as sandbox:
            sandbox.ask("POST", "/v1/batches/b-1/messages", MESSAGES, Idempotency_Key="k-1")
            stats = sandbox.ask("GET", "/stats")[1]
            assert (stats["messages"], stats["doubles"]) == (1, 0), stats


@case
def takes_the_port_it_is_given():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Sandbox("--port", str(port)) as sandbox:
        assert sandbox.url.endswith(":%d" % port)
        second = subprocess.run([PROGRAM, "--port", str(port)], capture_output=True, text=True)
        assert second.returncode == 1 and second.stdout == "" and second.stderr, second


@case
def wrong_arguments():
    wrong = [["--fail", "1.5"], ["--drop", "-1"], ["--drop", "nan"], ["--port", "70000"],
             ["--delay", "-1"], ["--receipts", "never"], ["--limit", "x"], ["extra"], ["--colour"]]
    for arguments in wrong:
        result = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=10)
        assert result.returncode == 2 and result.stdout == "", (arguments, result)
        assert result.stderr.strip(), arguments


@case
def files_that_cannot_be():
    with tempfile.TemporaryDirectory() as folder:
        nonsense = os.path.join(folder, "text.db")
        with open(nonsense, "w", encoding="utf-8") as file:
            file.write("this is no database " * 100)
        for path in folder, os.path.join(folder, "missing", "x.db"), nonsense:
            result = subprocess.run([PROGRAM, "--db", path], capture_output=True, text=True, timeout=10)
            assert result.returncode == 1 and path in result.stderr, result


def main():
    missing = []
    for module in "jsonschema", "yaml":
        try:
            __import__(module)
        except ImportError:
            missing.append("python3-" + module)
    print(f"1..{len(CASES)}")
    failed = False
    for number, function in enumerate(CASES, 1):
        name = "/sandbox/program/" + function.__name__.replace("_", "-")
        if missing and function is answers_are_as_described:
            print(f"ok {number} {name} # SKIP {' and '.join(missing)} not installed")
            continue
        try:
            function()
            print(f"ok {number} {name}")
        except Exception as error:  # pylint: disable=broad-except
            failed = True
            print(f"not ok {number} {name}\n# {type(error).__name__}: {error}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
