/// Elements that stay where they are, as a scan wants them.
final class PermanentEvents {
    let elements: [UnsafeRawBufferPointer]

    init(_ events: [[UInt8]]) {
        elements = events.map { event in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: event.count, alignment: 1)
            copy.copyBytes(from: event)
            return UnsafeRawBufferPointer(copy)
        }
    }

    deinit { for element in elements { element.deallocate() } }
}
