import ArgumentParser

/// How a command prints its data.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON, one object a line, instead of a table.")
    var json = false
}
