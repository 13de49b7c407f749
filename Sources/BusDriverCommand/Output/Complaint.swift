import ArgumentParser
import RedisConnection
import ResqueBus

/// One sentence on standard error about why a command failed, and its exit code.
struct Complaint: Error {
    let message: String
    var code = ExitCode.failed

    /// Runs `body`; what it throws ends the command.
    ///
    /// - Throws: `ExitCode`, after the sentence was written; ArgumentParser's own errors as they are.
    static func onFailure(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let complaint as Complaint {
            throw complaint.tell()
        } catch let error as RedisError {
            throw Complaint(error).tell()
        } catch let error as BusError {
            throw Complaint(error).tell()
        }
    }

    private func tell() -> ExitCode {
        StandardError.write("busdriver: \(TextTable.oneLine(message))\n")
        return code
    }

    init(_ message: String, code: ExitCode = .failed) {
        self.message = message
        self.code = code
    }

    /// What an error of the connection means to a command.
    init(_ error: RedisError) {
        let code: ExitCode =
            switch error.code {
            case .unreachable, .connectionLost, .timedOut, .closed: .unavailable
            case .configuration, .authentication: .configuration
            case .reply, .protocolViolation: .failed
            }
        self.init(error.message, code: code)
    }

    private init(_ error: BusError) {
        if let redis = error.underlying as? RedisError {
            self.init(redis)
        } else {
            self.init(error.message, code: error.code == .invalidSubscription ? .validationFailure : .failed)
        }
    }
}
