import ArgumentParser
import BusStore
import BusWire
import CommandInterface

/// `busdriver failed show`
struct FailedShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows entries in full.",
        discussion: """
            Example:
              busdriver failed show 3f2a91
              busdriver failed show 3f2a91 --json | jq .payload
            """)

    @OptionGroup var selection: FailureSelection
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            try await selection.visit(in: Failures(connection: session.connection, bus: session.keys)) { entry in
                if output.json {
                    StandardOutput.write(entry.json ?? .string(String(decoding: entry.bytes, as: UTF8.self)))
                } else {
                    StandardOutput.write(Self.text(entry))
                }
                return true
            }
        }
    }

    private static func text(_ entry: FailureRecord) -> String {
        guard let members = entry.json?.members else {
            return
                "\(entry.id)\n  not JSON: \(TextTable.oneLine(String(decoding: entry.bytes.prefix(2000), as: UTF8.self)))\n\n"
        }
        let lines = members.map { member in
            let value = member.value.string ?? member.value.text
            return "  \(TextTable.oneLine(member.key)): \(TextTable.oneLine(value))\n"
        }
        return "\(entry.id)\n\(lines.joined())\n"
    }
}
