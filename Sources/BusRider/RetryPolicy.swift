/// Whether and when a failed job is tried again.
public struct RetryPolicy: Sendable {
    /// What a policy may look at.
    public struct Attempt: Sendable {
        /// 0 when the first run has failed, 1 when the first retry has, and so on.
        public var number: Int
        /// The error's type and text, as they would stand in `failed`.
        public var exception: String
        public var message: String

        public init(number: Int, exception: String, message: String) {
            self.number = number
            self.exception = exception
            self.message = message
        }
    }

    /// The delay until the next run, or nil to give up. Less than a second means at once; delays are kept in whole seconds.
    public var delay: @Sendable (Attempt) -> Duration?

    /// A policy of the application's own.
    public init(delay: @escaping @Sendable (Attempt) -> Duration?) {
        self.delay = delay
    }
}
