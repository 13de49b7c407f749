/// In which lists failures are kept: Resque's failure backends that write to Redis.
public enum FailureBackend: String, Sendable, Hashable, CaseIterable {
    /// The one that is in use: by queue if there is a set `failed_queues`, else `failed`.
    case found = ""
    /// Resque's `Redis`: all in the list `failed`.
    case redis
    /// Resque's `RedisMultiQueue`: in a list for each queue, `<queue>_failed`.
    case multiQueue = "multi-queue"

    /// What `FAILURE_BACKEND` asks for, nil for a name that Resque does not know either.
    public init?(environment name: String) {
        switch name {
        case "": self = .found
        case "redis": self = .redis
        case "redis_multi_queue": self = .multiQueue
        default: return nil
        }
    }
}
