import ArgumentParser
import BusStore
import CommandInterface
import GuardedProcess
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
        case let error as BusError: self.init(error)
        case let error as PrivateRedisError: self.init(error)
        default: return nil
        }
    }

    /// What an error of the connection means to a command that does not wait: whether it would do to come back later, or
    /// somebody must change something first.
    init(_ error: RedisError) {
        switch error.code {
        case .unreachable, .connectionLost, .timedOut, .closed: self.init(error.message, code: .unavailable)
        case .configuration, .authentication, .notMaster: self.init(error.message, code: .configuration)
        case .protocolViolation: self.init(error.message)
        case .reply(let refusal): self.init(refusal, message: error.message)
        }
    }

    private init(_ refusal: RedisErrorReply, message: String) {
        if let obstacle = ServerObstacle(refusal: refusal) {
            self.init(obstacle.error)
        } else if let awaited = refusal.kind.awaited {
            self.init("Redis does not work now (\(refusal.message)); wait for \(awaited).", code: .unavailable)
        } else if refusal.kind == .noPermission {
            self.init("\(message); busdriver doctor names what this user needs.", code: .configuration)
        } else if refusal.kind == .unknownCommand {
            self.init("\(message); this needs a Redis of 6.2 or later that is no sentinel.", code: .configuration)
        } else {
            self.init(message)
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
