/// How much of a text in YAML is read: a short one can stand for endlessly much, by aliases of aliases.
package struct YAMLLimits: Sendable {
    /// Bytes of the text. Default: 8 MiB.
    package var bytes = 8 << 20
    /// Nodes, those that aliases stand for counted each time. Default: 200 000.
    package var nodes = 200_000
    /// Levels of lists and maps, those within aliases too. Default: 64.
    package var depth = 64

    /// Lines that begin with `%`. libyaml compares each directive with all others.
    static let directives = 16

    package init() {}
}
