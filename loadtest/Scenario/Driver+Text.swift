extension Scenario.Driver: CustomStringConvertible {
    /// As it is written on the command line.
    var description: String {
        switch self {
        case .busdriver: "busdriver"
        case .spawn(let command): "spawn:" + command
        case .external: "external"
        }
    }

    /// Reads `busdriver`, `external` or `spawn:COMMAND`.
    init(_ text: String) throws(ScenarioError) {
        let prefix = "spawn:"
        switch text {
        case "busdriver": self = .busdriver
        case "external": self = .external
        case _ where text.hasPrefix(prefix) && text.dropFirst(prefix.count).contains { !$0.isWhitespace }:
            self = .spawn(String(text.dropFirst(prefix.count)))
        default:
            throw ScenarioError("'\(text)' is not a driver; write busdriver, external or spawn:'COMMAND'.")
        }
    }
}
