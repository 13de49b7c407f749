import ArgumentParser
import Glibc

extension AsyncParsableCommand {
    /// Runs the program by its arguments and ends the process, as ArgumentParser's own `main` does. What is said about
    /// wrong usage repeats no address of a Redis, which may hold a password.
    package static func runProgram() async -> Never {
        do {
            let command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
            Glibc.exit(ExitCode.success.rawValue)
        } catch {
            let code = exitCode(for: error)
            let message = withoutAddresses(fullMessage(for: error), among: CommandLine.arguments)
            let text = message.isEmpty ? "" : message + "\n"
            if code == .success { StandardOutput.write(text) } else { StandardError.write(text) }
            Glibc.exit(code.rawValue)
        }
    }

    /// The message with `(an address)` in place of every argument that may be one, and of the value behind an option's
    /// `=`.
    package static func withoutAddresses(_ message: String, among arguments: [String]) -> String {
        let texts = arguments.flatMap { argument in
            [argument] + (argument.firstIndex(of: "=").map { [String(argument[$0...].dropFirst())] } ?? [])
        }
        return texts.filter { $0.contains("://") || $0.contains(":") && $0.contains("@") }
            .sorted { $0.count > $1.count }
            .reduce(message) { $0.replacing($1, with: "(an address)") }
    }
}
