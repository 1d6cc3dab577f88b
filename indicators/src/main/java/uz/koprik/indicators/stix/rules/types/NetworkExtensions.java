package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.COUNT;
import static uz.koprik.indicators.stix.rules.PropertyTypes.HEX;
import static uz.koprik.indicators.stix.rules.PropertyTypes.INTEGER;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.dictionary;
import static uz.koprik.indicators.stix.rules.PropertyTypes.oneOf;

import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.Extensions;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.ObservableReference;
import uz.koprik.indicators.stix.rules.PropertyType;
import uz.koprik.indicators.stix.rules.Shape;

/** The predefined extensions of network traffic (STIX 2.1, sections 6.12.2 to 6.12.5). */
final class NetworkExtensions {

    private static final Shape HTTP_REQUEST = Shape.extension("STIX 2.1, 6.12.2")
            .required("request_method", STRING)
            .required("request_value", STRING)
            .optional("request_version", STRING)
            .optional("request_header", dictionary(STRINGS))
            .optional("message_body_length", INTEGER)
            .optional("message_body_data_ref", ObservableReference.to("artifact"))
            .build();

    private static final Shape ICMP = Shape.extension("STIX 2.1, 6.12.3")
            .required("icmp_type_hex", HEX)
            .required("icmp_code_hex", HEX)
            .build();

    private static final Shape SOCKET = Shape.extension("STIX 2.1, 6.12.4")
            .required(
                    "address_family",
                    oneOf(
                            "STIX 2.1, 10.16",
                            "AF_UNSPEC",
                            "AF_INET",
                            "AF_IPX",
                            "AF_APPLETALK",
                            "AF_NETBIOS",
                            "AF_INET6",
                            "AF_IRDA",
                            "AF_BTH"))
            .all(BOOLEAN, "is_blocking", "is_listening")
            .optional("options", NetworkExtensions::options)
            .optional(
                    "socket_type",
                    oneOf("STIX 2.1, 10.17", "SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_RDM", "SOCK_SEQPACKET"))
            .optional("socket_descriptor", COUNT)
            .optional("socket_handle", INTEGER)
            .build();

    private static final Shape TCP = Shape.extension("STIX 2.1, 6.12.5")
            .all(HEX, "src_flags_hex", "dst_flags_hex")
            .atLeastOne()
            .build();

    static final PropertyType EXTENSIONS = Extensions.of(
            Map.of("http-request-ext", HTTP_REQUEST, "icmp-ext", ICMP, "socket-ext", SOCKET, "tcp-ext", TCP));

    private static final Set<String> OPTION_FAMILIES =
            Set.of("SO", "ICMP", "ICMP6", "IP", "IPV6", "MCAST", "TCP", "IRLMP");

    private NetworkExtensions() {}

    private static void options(Json value, ObjectCheck at) {
        dictionary(INTEGER).check(value, at);
        if (value instanceof JsonObject options) {
            for (String name : options.names()) {
                int end = name.indexOf('_');
                if (end < 0 || !OPTION_FAMILIES.contains(name.substring(0, end)) || !isUpperCase(name, end)) {
                    at.fault(
                            name,
                            "a socket option is named as in the headers of C, such as SO_KEEPALIVE",
                            "STIX 2.1, 6.12.4");
                }
            }
        }
    }

    private static boolean isUpperCase(String s, int from) {
        for (int i = from; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != '_' && !(c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return from < s.length() - 1;
    }
}
