/// The names that the bus normalises: application keys and queues (contract §3).
package enum BusName {
    /// Ruby's `gsub(/\W/, "_").downcase`: every code point that is no ASCII letter, digit or `_` becomes `_`.
    package static func normalize(_ name: String) -> String {
        var output: [UInt8] = []
        for scalar in name.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9", "_": output.append(UInt8(ascii: scalar))
            case "A"..."Z": output.append(UInt8(ascii: scalar) | 0x20)
            default: output.append(UInt8(ascii: "_"))
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The normalised key of an application, or nil for a name that has nothing but `_` left ("Invalid application
    /// name").
    package static func applicationKey(_ name: String) -> String? {
        let key = normalize(name)
        return key.utf8.contains { $0 != UInt8(ascii: "_") } ? key : nil
    }
}
