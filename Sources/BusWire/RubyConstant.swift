/// Names of Ruby classes in jobs and subscriptions.
package enum RubyConstant {
    /// The name that the class has in Ruby, where it exists.
    ///
    /// Resque and queue-bus both look for it from Object on, so `::` or `Object::` before it and `::` behind it change
    /// nothing.
    package static func name(spelled spelling: String) -> String {
        // Most are spelled as Ruby does.
        let (first, last, colon) = (spelling.utf8.first, spelling.utf8.last, UInt8.colon)
        guard first == colon || first == UInt8(ascii: "O") || last == colon else { return spelling }
        var name = spelling.utf8[...]
        func drop(_ prefix: String) -> Bool {
            guard name.starts(with: prefix.utf8) else { return false }
            name = name.dropFirst(prefix.utf8.count)
            return true
        }
        _ = drop("::")
        while drop("Object::") {}
        while name.count > 2, name.hasSuffix("::") { name = name.dropLast(2) }
        return name.count == spelling.utf8.count ? spelling : String(Substring(name))
    }
}

extension Substring.UTF8View {
    fileprivate func hasSuffix(_ suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
