import ArgumentParser
import BusOperations
import CommandInterface
import PrivateRedis
import RedisConnection
import ResqueBus

extension Complaint {
    /// Runs `body`; what it throws ends the command.
    ///
    /// - Throws: `ExitCode`, after the sentence was written; ArgumentParser's own errors as they are.
    static func onFailure(_ body: () async throws -> Void) async throws {
        try await onFailure(meaning: { Complaint($0) }, body)
    }

    private init?(_ error: any Error) {
        switch error {
        case let error as RedisError: self.init(error)
        case let error as OperationError: self.init(error.message)
        case let error as BusError: self.init(error)
        case let error as PrivateRedisError: self.init(error)
        default: return nil
        }
    }

    /// What an error of the bus means to a command.
    init(_ error: BusError) {
        if let redis = error.underlying as? RedisError {
            self.init(redis)
        } else {
            self.init(error.message, code: error.code == .invalidSubscription ? .validationFailure : .failed)
        }
    }

    private init(_ error: PrivateRedisError) {
        let message =
            if case .pathTooLong(let directory) = error {
                "\(directory) is too long a path for a socket; choose a shorter --embedded-redis."
            } else {
                error.description
            }
        self.init(message, code: .configuration)
    }
}
