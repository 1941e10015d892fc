"""Brings Heaplight and node in as files that actions can depend on."""

_BUILD = """
package(default_visibility = ["//visibility:public"])

exports_files(["node", "distribution/cli.js"])

filegroup(
    name = "files",
    srcs = glob(["distribution/*.js", "distribution/*.wasm", "distribution/grammars/*", "distribution/assets/*"]),
)
"""

def _heaplight_repository(ctx):
    named = ctx.os.environ.get("HEAPLIGHT_DISTRIBUTION", ctx.attr.distribution)
    folder = ctx.path(named) if named.startswith("/") else ctx.path(str(ctx.path(Label("@//:WORKSPACE")).dirname) + "/" + named)
    if not folder.get_child("cli.js").exists:
        fail("There is no cli.js in %s; build Heaplight or set HEAPLIGHT_DISTRIBUTION." % folder)
    node = ctx.which("node")
    if node == None:
        fail("node is not on PATH; Heaplight needs it.")
    ctx.symlink(node, "node")
    ctx.symlink(folder, "distribution")
    ctx.file("BUILD.bazel", _BUILD)

heaplight_repository = repository_rule(
    implementation = _heaplight_repository,
    attrs = {"distribution": attr.string(mandatory = True, doc = "Folder of cli.js; relative to the workspace's.")},
    environ = ["HEAPLIGHT_DISTRIBUTION", "PATH"],
    local = True,
)
