import BusProtocol
import BusWire

extension Settlement.Consequence {
    /// What a failed run leads to in Redis.
    init(of disposition: Disposition, bus keys: BusKeys) {
        self.init()
        switch disposition {
        case .done: break
        case .retryNow(let queue, let element, let key, let counter):
            push(element, to: queue, bus: keys)
            set(keys.key(key.name), to: Array(String(counter).utf8))
        case .retryLater(let retry):
            delay(retry.item, until: retry.epoch, bus: keys)
            set(keys.key(retry.key.name), to: Array(String(retry.counter).utf8))
            set(keys.key(retry.key.failureName), to: retry.failure, seconds: retry.failureLifetime)
        case .failed(let entry, let key):
            fail(entry, bus: keys)
            if let key {
                delete(keys.key(key.name))
                delete(keys.key(key.failureName))
            }
        }
    }
}

extension Disposition {
    /// The job is tried again.
    var isRetry: Bool {
        switch self {
        case .retryNow, .retryLater: true
        case .done, .failed: false
        }
    }
}
