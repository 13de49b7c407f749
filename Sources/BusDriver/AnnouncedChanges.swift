import BusWire
import RedisConnection

/// What has changed in Redis and was not read yet.
struct AnnouncedChanges {
    /// Anything may have changed; the rest says nothing then.
    private(set) var everything = false
    /// The set of applications.
    private(set) var names = false
    /// Applications by their normalised keys.
    private(set) var applications: Set<String> = []
    /// The key that pauses all workers.
    private(set) var pause = false
    private var byteCount = 0

    static let everything = AnnouncedChanges(everything: true)

    /// Beyond so many bytes of keys it costs less to read everything than to remember what.
    private static let mostBytes = 256 << 10

    /// Nothing has changed, or everything.
    init(everything: Bool = false) { self.everything = everything }

    /// Adds what Redis has announced.
    ///
    /// - Parameter payload: an array of keys; anything else means all keys.
    mutating func add(_ payload: RedisReply, keys: BusKeys) {
        byteCount += payload.answerByteCount
        guard !everything, payload.kind == .array, byteCount <= Self.mostBytes else {
            self = .everything
            return
        }
        let application = keys.app("")
        for key in payload.elements.lazy.compactMap(\.string) {
            switch key {
            case keys.apps: names = true
            case keys.pauseAllWorkers: pause = true
            case let key where key.hasPrefix(application):
                applications.insert(String(key.dropFirst(application.count)))
            // Others begin like those; nothing is read from them.
            default: break
            }
        }
    }
}
