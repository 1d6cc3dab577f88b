package uz.koprik.gateway.http;

import java.util.Optional;
import uz.koprik.indicators.stix.values.StixId;

/**
 * STIX ids in requests. What is there under the text of a request is served, since stores of earlier versions may hold
 * ids in capital letters. A text that is no id gets an error that says so, not the answer that nothing is there.
 */
public final class StixIds {

    private StixIds() {}

    /**
     * The answer for an id under which the caller sees nothing.
     *
     * @param detail what to say when it is an id
     * @return 404; 400 when it is no id, or one in another spelling
     */
    public static Problem absent(String id, String detail) {
        Optional<String> objection = StixId.objection(id);
        return objection.isPresent()
                ? new Problem(400, "Bad request", objection.get())
                : new Problem(404, "Not found", detail);
    }
}
