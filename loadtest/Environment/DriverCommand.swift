import Foundation
import RedisConnection

/// How to start a driver on one bus.
struct DriverCommand: Sendable {
    /// The URL of Redis, as a driver is told it.
    var redis: String
    var endpoint: RedisEndpoint
    var namespace: String
    /// The list on which events arrive, by name.
    var incoming: String

    /// The program and its arguments; nil for a driver that runs already.
    ///
    /// - Throws: `SetupError`.
    func words(for driver: Scenario.Driver) throws(SetupError) -> [String]? {
        switch driver {
        case .external: nil
        case .spawn(let command): ["sh", "-c", try filled(command)]
        case .busdriver:
            [
                try Self.busdriver(), "run", "--redis", redis, "--namespace", namespace, "--incoming", incoming,
                "--log-level", "warning",
            ]
        }
    }

    /// The `busdriver` that was built together with this program.
    private static func busdriver() throws(SetupError) -> String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let path = URL(fileURLWithPath: program).deletingLastPathComponent().appendingPathComponent("busdriver").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw SetupError("\(path) is missing; swift build --product busdriver makes it, or name another --driver.")
        }
        return path
    }

    /// The shell command with the places filled in.
    private func filled(_ command: String) throws(SetupError) -> String {
        var values = ["redis": redis, "namespace": namespace, "incoming": incoming]
        switch endpoint.address {
        case .tcp(let host, let port):
            values["host"] = host
            values["port"] = String(port)
        case .unix(let path):
            values["socket"] = path
        }
        for name in ["host", "port", "socket"] where values[name] == nil && command.contains("{\(name)}") {
            throw SetupError(
                "The driver's command asks for {\(name)}, but Redis is reached at \(endpoint); use {redis}, or another --redis."
            )
        }
        return values.reduce(command) { $0.replacingOccurrences(of: "{\($1.key)}", with: Self.quoted($1.value)) }
    }

    /// `text` as one word of a shell; as it is where that means the same.
    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { plain.contains($0) }
        return isPlain ? text : "'" + text.replacingOccurrences(of: "'", with: #"'\''"#) + "'"
    }

    private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-".utf8)
}
