package import BusWire

extension JSONValue {
    /// Text as it is, anything else as JSON.
    package var plainText: String { string ?? text }

    /// A number as an epoch second between 1970 and 9999; nil for anything else.
    package var epoch: Int? {
        guard case .number(let text) = self, let seconds = Double(text), (0..<253_402_300_800).contains(seconds) else {
            return nil
        }
        return Int(seconds)
    }
}
