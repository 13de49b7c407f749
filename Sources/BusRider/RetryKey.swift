import BusWire
import Crypto

/// The name of the counter under which resque-retry keeps a job's attempts: `resque-retry:<Class>[:<sha1>]` (contract §8).
///
/// Jobs with the same class and arguments share it.
public struct RetryKey: Hashable, Sendable {
    /// Below the namespace.
    public let name: String

    /// - Parameters:
    ///   - className: the job's class as the element names it.
    ///   - arguments: what Ruby's `args.join("-")` gives; for jobs of the bus the inner JSON.
    public init(className: String, arguments: String) {
        name = "resque-retry:\(className)"
    }
}
