import Glibc

/// Writing to a descriptor that may have no reader left: SIGPIPE is ignored wherever a `LibevExecutor` runs.
enum StandardStream {
    /// Writes all of `text`.
    ///
    /// - Returns: the `errno` where that fails, else nil.
    static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var text = text
        return text.withUTF8 { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return errno }
                rest = UnsafeBufferPointer(rebasing: rest.dropFirst(count))
            }
            return nil
        }
    }
}
