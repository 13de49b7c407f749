package import ArgumentParser
import Foundation

/// One sentence on standard error about why a command failed, and its exit code.
package struct Complaint: Error {
    package let message: String
    package let code: ExitCode

    /// - Parameter code: by default 1, for what failed at run time.
    package init(_ message: String, code: ExitCode = .failed) {
        self.message = message
        self.code = code
    }

    /// Runs `body`; what it throws ends the command.
    ///
    /// - Parameter meaning: what an error that is no complaint means to this program; nil for one that is thrown on as
    ///   it is, such as ArgumentParser's own.
    /// - Throws: `ExitCode`, after the sentence was written.
    package static func onFailure(meaning: (any Error) -> Complaint?, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            guard let complaint = error as? Complaint ?? meaning(error) else { throw error }
            throw complaint.tell()
        }
    }

    /// Writes the sentence behind the name by which this program was called.
    private func tell() -> ExitCode {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).lastPathComponent
        StandardError.write("\(program): \(TextTable.oneLine(message))\n")
        return code
    }
}

extension ExitCode {
    /// Something failed at run time.
    package static let failed = ExitCode(1)
}
