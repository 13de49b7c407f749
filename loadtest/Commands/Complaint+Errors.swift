import ArgumentParser
import CommandInterface
import GuardedProcess
import PrivateRedis
import RedisConnection

extension Complaint {
    /// Runs `body`; what it throws ends the command.
    ///
    /// - Throws: `ExitCode`, after the sentence was written; ArgumentParser's own errors as they are.
    static func onFailure(_ body: () async throws -> Void) async throws {
        try await onFailure(meaning: { Complaint($0) }, body)
    }

    private init?(_ error: any Error) {
        switch error {
        case let error as ScenarioError: self.init(error.description, code: .validationFailure)
        case let error as RedisError: self.init(error)
        case is PrivateRedisError: self.init("\(error)", code: .configuration)
        case is SetupError, is ProcessStartError, is TemporaryFolderError: self.init("\(error)")
        default: return nil
        }
    }
}
