/// What bounds the batches of drivers and riders (protocol §2.5).
package enum BatchLimits {
    /// Most bytes of one batch inside Redis, unless a single element is larger.
    package static let mostBatchBytes = 1 << 20
    /// An element of more bytes inside Redis is never loaded: in Base64 it would not fit an entry of `failed`.
    package static let mostElementBytes = 48 << 20
    /// Most bytes of one commit or settlement, so that little waits in a connection's buffer.
    package static let mostCommitBytes = 768 << 10
    /// How long an element that was in flight at a crash stays suspected, in milliseconds.
    static let suspicionMilliseconds = 600_000
}
