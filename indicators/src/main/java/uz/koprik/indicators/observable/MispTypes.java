package uz.koprik.indicators.observable;

import java.util.List;
import java.util.stream.Stream;

/**
 * The attribute types of MISP that hold values of a kind.
 *
 * @param written attribute types that values are translated from and to; the first is that of a value by itself
 * @param listed further types by which warning lists name the kind
 */
public record MispTypes(List<String> written, List<String> listed) {

    /** Of addresses and networks, which MISP does not distinguish. */
    static final MispTypes ADDRESSES = of("ip-dst", "ip-src").andListsOf("ip");

    static MispTypes of(String... written) {
        return new MispTypes(List.of(written), List.of());
    }

    /**
     * MISP has a type or template per service and none for the kind; see {@code AttributeTypes} and
     * {@code ObjectTemplate}.
     */
    static MispTypes byService() {
        return new MispTypes(List.of(), List.of());
    }

    /** MISP has a relation of an object for the kind and no type; see {@code ObjectTemplate}. */
    static MispTypes inObjects(String... listed) {
        return new MispTypes(List.of(), List.of(listed));
    }

    MispTypes andListsOf(String... names) {
        return new MispTypes(written, List.of(names));
    }

    /** All names by which a warning list can be about the kind. */
    public Stream<String> ofLists() {
        return Stream.concat(written.stream(), listed.stream());
    }
}
