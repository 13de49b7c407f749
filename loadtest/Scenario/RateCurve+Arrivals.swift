/// When the arrivals of a curve are due. Seconds count from the beginning of the curve and are not negative; after its
/// end the last rate stays.
extension RateCurve {
    /// Events a second at a moment.
    func rate(at seconds: Double) -> Double {
        switch self {
        case .constant(let rate): rate
        case .ramp(let from, let to, let length): from + (to - from) * min(seconds / length, 1)
        case .steps(let rates, let length): rates[min(Int(seconds / length), rates.count - 1)]
        }
    }

    /// Events a second on average over the first `seconds`.
    func mean(over seconds: Double) -> Double {
        seconds > 0 ? expectedArrivals(by: seconds) / seconds : rate(at: 0)
    }

    /// The number of events that are due in the first `seconds`: the integral of the rate.
    func expectedArrivals(by seconds: Double) -> Double {
        switch self {
        case .constant(let rate):
            return rate * seconds
        case .ramp(let from, let to, let length):
            let inside = min(seconds, length)
            return inside * (from + (to - from) * inside / length / 2) + to * (seconds - inside)
        case .steps(let rates, let length):
            let complete = min(Int(seconds / length), rates.count - 1)
            return rates[..<complete].reduce(0, +) * length + rates[complete] * (seconds - Double(complete) * length)
        }
    }

    /// The moment by which `number` arrivals are due, in seconds: the inverse of ``expectedArrivals(by:)``.
    func time(ofArrival number: Double) -> Double {
        switch self {
        case .constant(let rate):
            return number / rate
        case .ramp(let from, let to, let length):
            let inside = length * (from + to) / 2
            guard number < inside else { return length + (number - inside) / to }
            guard number > 0 else { return 0 }
            // The root of from · t + (to − from) / length · t² / 2 = number, in a form that also holds for a level
            // ramp.
            let slope = (to - from) / length
            return 2 * number / (from + (from * from + 2 * slope * number).squareRoot())
        case .steps(let rates, let length):
            var rest = number
            for (step, rate) in rates.dropLast().enumerated() {
                if rest < rate * length { return Double(step) * length + rest / rate }
                rest -= rate * length
            }
            return Double(rates.count - 1) * length + rest / rates[rates.count - 1]
        }
    }

    /// The seconds after which the rate stays as it is; nil for a constant rate.
    var length: Double? {
        switch self {
        case .constant: nil
        case .ramp(_, _, let seconds): seconds
        case .steps(let rates, let seconds): seconds * Double(rates.count)
        }
    }
}
