import ArgumentParser
import BusOperations
import BusWire
import CommandInterface

/// `busdriver failed show`
struct FailedShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows entries, line by line.",
        discussion: """
            Values of more than 2000 characters are shortened, but not with --json.

            Example:
              busdriver failed show 3f2a91
              busdriver failed show 3f2a91 --json | jq .payload
            """)

    /// The most characters of one value.
    private static let mostOfValue = 2000

    @OptionGroup var selection: FailureSelection
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            try await selection.visit(in: FailureLists(connection: session.connection, bus: session.keys)) {
                entries in
                for entry in entries {
                    if output.json {
                        StandardOutput.write(entry.json ?? .string(String(decoding: entry.bytes, as: UTF8.self)))
                    } else {
                        StandardOutput.write(Self.text(entry))
                    }
                }
                return entries.count
            }
        }
    }

    private static func text(_ entry: FailureRecord) -> String {
        guard let members = entry.json?.members else {
            return "\(entry.id)\n  not JSON: \(shortened(String(decoding: entry.bytes, as: UTF8.self)))\n\n"
        }
        let lines = members.map { member in
            let value = member.value.string ?? member.value.text
            return "  \(TextTable.oneLine(member.key)): \(shortened(value))\n"
        }
        return "\(entry.id)\n\(lines.joined())\n"
    }

    private static func shortened(_ text: String) -> String {
        guard
            let end = text.unicodeScalars.index(
                text.startIndex, offsetBy: mostOfValue, limitedBy: text.endIndex), end < text.endIndex
        else { return ShownText.escaped(text) }
        return "\(ShownText.escaped(String(text[..<end])))… (\(text.utf8.count) bytes; --json shows all)"
    }
}
