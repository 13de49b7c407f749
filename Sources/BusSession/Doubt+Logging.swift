package import BusWire
package import Logging

extension Doubt {
    fileprivate static let subject: StaticString = "a value in Redis is not believed"

    /// Names the key and what is done instead.
    fileprivate var metadata: Logger.Metadata { ["value": "\(self)"] }

    /// Says it at once.
    package func log(to logger: Logger) { logger.warning("\(Self.subject)", metadata: metadata) }
}

extension ComplaintLog {
    /// Says what Redis holds and nobody can believe: some keys in ten seconds.
    package func report(_ doubt: Doubt) { report(Doubt.subject, doubt.metadata, most: 20) }
}
