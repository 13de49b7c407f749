package import RedisConnection

/// Why a session ended.
package enum SessionVerdict: Sendable {
    /// The role was told to stop, or has nothing left to do.
    case stopped
    /// A connection broke, or Redis refuses for now what the role cannot do without.
    case lost(RedisError)
    /// What is in hand must be taken anew.
    case reset(reason: String)
    /// Another has taken this incarnation over.
    case fenced(reason: String)
    /// Redis has lost a part of its history, or the record of this incarnation is not believed.
    case rolledBack(reason: String)
}
