package uz.koprik.indicators.observable.text;

import java.util.Optional;
import uz.koprik.indicators.observable.Observable;

/**
 * A value found in a text.
 *
 * @param observable what it is
 * @param start first character of it in the text
 * @param end one past its last character
 * @param port the port that stood after an address or a name; {@code 192.0.2.1:443} is the address at port 443
 */
public record RecognisedValue(Observable observable, int start, int end, Optional<Integer> port) {}
