package import BusWire

/// An item of `delayed:<epoch>` as it was read (contract §7).
package struct DelayedRecord: Sendable, Hashable {
    /// The epoch second until which it waits.
    package let time: Int
    /// The item byte for byte.
    package let bytes: [UInt8]
    /// What it runs; nil when it is no job, or names no queue, and so will go to `failed`.
    package let payload: JobPayload?
    /// Where it goes; nil together with ``payload``.
    package let queue: String?
    /// What is pushed there.
    let element: [UInt8]?

    package init(time: Int, bytes: [UInt8]) {
        self.time = time
        self.bytes = bytes
        let item = try? DelayedItem(bytes)
        element = item?.pushed(from: bytes)
        payload = element.flatMap { JobPayload(parsing: $0) }
        queue = item?.queue
    }
}
