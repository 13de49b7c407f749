import Logging
import RedisTestSupport
import Synchronization

/// Keeps what a driver logs, for a test to read.
final class CapturedLog: Sendable {
    private let kept = Mutex<[String]>([])

    /// Every line so far: message and metadata, without level and time.
    var lines: [String] { kept.withLock { $0 } }

    /// The lines that contain this text.
    func lines(with text: String) -> [String] { lines.filter { $0.contains(text) } }

    /// A handler that keeps everything here.
    var handler: any LogHandler { Handler(log: self) }

    private struct Handler: LogHandler {
        let log: CapturedLog
        var metadata: Logger.Metadata = [:]
        var metadataProvider: Logger.MetadataProvider?
        var logLevel = Logger.Level.info

        func log(event: LogEvent) {
            let details = (event.metadata ?? [:]).map { " \($0)=\($1)" }.sorted().joined()
            let line = "\(event.message)\(details)"
            PayloadMarker.expectAbsence(from: line, of: "the test")
            log.kept.withLock { $0.append(line) }
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
    }
}
