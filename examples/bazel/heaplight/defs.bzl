"""Rules: heaplight_unit analyses one Go package or Rust crate, heaplight_report joins many into one report."""

HeaplightInfo = provider(
    doc = "Facts of a unit.",
    fields = {"facts": "depset of files: the unit's own facts and those of all that it imports, directly or not."},
)

_TOOLS = {
    "_node": attr.label(default = "@heaplight_distribution//:node", allow_single_file = True, executable = True, cfg = "exec"),
    "_cli": attr.label(default = "@heaplight_distribution//:distribution/cli.js", allow_single_file = True),
    "_files": attr.label(default = "@heaplight_distribution//:files"),
}

def _command(ctx):
    args = ctx.actions.args()
    args.add("--preserve-symlinks-main")  # Heaplight's files are found beside cli.js as the action sees it
    args.add(ctx.file._cli)
    return args

def _unit(ctx):
    facts = ctx.actions.declare_file(ctx.label.name + ".facts")
    imported = depset(transitive = [dep[HeaplightInfo].facts for dep in ctx.attr.deps])
    args = _command(ctx)
    args.add("facts")
    args.add(ctx.label.package or ".")
    args.add("--root", ".")
    args.add("--goos", ctx.attr.goos)
    args.add("--goarch", ctx.attr.goarch)
    args.add("--go-version", ctx.attr.go_version)
    args.add_all(imported, before_each = "--import")
    args.add("-o", facts)
    ctx.actions.run(
        executable = ctx.executable._node,
        arguments = [args],
        inputs = depset(ctx.files.srcs + ctx.files.manifests, transitive = [imported, ctx.attr._files[DefaultInfo].files]),
        outputs = [facts],
        mnemonic = "HeaplightFacts",
        progress_message = "Finding allocations of %s" % ctx.label.package,
    )
    return [
        DefaultInfo(files = depset([facts])),
        HeaplightInfo(facts = depset([facts], transitive = [imported])),
    ]

heaplight_unit = rule(
    implementation = _unit,
    doc = "One Go package or Rust crate, analysed from its own files and the facts of what it imports.",
    attrs = dict(
        _TOOLS,
        srcs = attr.label_list(allow_files = [".go", ".rs"], mandatory = True),
        manifests = attr.label_list(allow_files = True, doc = "The go.mod, or the Cargo.toml files, that say what the unit is."),
        deps = attr.label_list(providers = [HeaplightInfo]),
        goos = attr.string(default = "linux"),
        goarch = attr.string(default = "amd64"),
        go_version = attr.string(default = "1.26", doc = "Compiler version whose rules decide what escapes."),
    ),
)

def _report(ctx):
    report = ctx.actions.declare_file(ctx.label.name + ".json")
    facts = depset(transitive = [unit[HeaplightInfo].facts for unit in ctx.attr.units])
    args = _command(ctx)
    args.add("show")
    args.add("--format", "json")
    args.add_all(facts, before_each = "--facts")
    ctx.actions.run_shell(
        command = "out=$1; node=$2; shift 2; \"$node\" \"$@\" > \"$out\"",
        arguments = [report.path, ctx.executable._node.path, args],
        tools = [ctx.executable._node],
        inputs = depset(transitive = [facts, ctx.attr._files[DefaultInfo].files]),
        outputs = [report],
        mnemonic = "HeaplightReport",
        progress_message = "Joining allocations of %d units" % len(ctx.attr.units),
    )
    return [DefaultInfo(files = depset([report]))]

heaplight_report = rule(
    implementation = _report,
    doc = "The JSON report of units and of all that they import.",
    attrs = dict(_TOOLS, units = attr.label_list(providers = [HeaplightInfo], mandatory = True)),
)
