/// What operators switch on by a key such as `pause-all-workers`.
package enum ResqueFlag {
    /// Resque: `strip.downcase == "true"` (contract §1).
    package static func isTrue(_ bytes: [UInt8]?) -> Bool {
        guard let bytes else { return false }
        let head = bytes.drop(while: RubyText.isStripped)
        let end = head.lastIndex { !RubyText.isStripped($0) } ?? head.startIndex - 1
        return String(decoding: head[..<(end + 1)], as: UTF8.self).lowercased() == "true"
    }
}
