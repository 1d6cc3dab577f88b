package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.INTEGER;
import static uz.koprik.indicators.stix.rules.PropertyTypes.NUMBER;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.advised;
import static uz.koprik.indicators.stix.rules.PropertyTypes.integer;
import static uz.koprik.indicators.stix.rules.PropertyTypes.oneOf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.Extensions;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.ObservableReference;
import uz.koprik.indicators.stix.rules.PropertyType;
import uz.koprik.indicators.stix.rules.PropertyTypes;
import uz.koprik.indicators.stix.rules.Shape;

/** The predefined extensions of processes and user accounts (STIX 2.1, sections 6.13.2, 6.13.3 and 6.16.2). */
final class ProcessExtensions {

    private static final Map<String, PropertyType> STARTUP_INFO = startupInfo();

    private static final Shape WINDOWS_PROCESS = Shape.extension("STIX 2.1, 6.13.2")
            .all(BOOLEAN, "aslr_enabled", "dep_enabled")
            .all(STRING, "owner_sid", "window_title")
            .optional("priority", advised(s -> s.endsWith("_CLASS"), "should end with _CLASS", "STIX 2.1, 6.13.2"))
            .optional("startup_info", ProcessExtensions::startupInfo)
            .optional("integrity_level", oneOf("STIX 2.1, 10.27", "low", "medium", "high", "system"))
            .atLeastOne()
            .build();

    private static final Shape WINDOWS_SERVICE = Shape.extension("STIX 2.1, 6.13.3")
            .all(STRING, "service_name", "display_name", "group_name")
            .optional("descriptions", STRINGS)
            .optional(
                    "start_type",
                    oneOf(
                            "STIX 2.1, 10.30",
                            "SERVICE_AUTO_START",
                            "SERVICE_BOOT_START",
                            "SERVICE_DEMAND_START",
                            "SERVICE_DISABLED",
                            "SERVICE_SYSTEM_ALERT"))
            .optional("service_dll_refs", ObservableReference.list("file"))
            .optional(
                    "service_type",
                    oneOf(
                            "STIX 2.1, 10.31",
                            "SERVICE_KERNEL_DRIVER",
                            "SERVICE_FILE_SYSTEM_DRIVER",
                            "SERVICE_WIN32_OWN_PROCESS",
                            "SERVICE_WIN32_SHARE_PROCESS"))
            .optional(
                    "service_status",
                    oneOf(
                            "STIX 2.1, 10.32",
                            "SERVICE_CONTINUE_PENDING",
                            "SERVICE_PAUSE_PENDING",
                            "SERVICE_PAUSED",
                            "SERVICE_RUNNING",
                            "SERVICE_START_PENDING",
                            "SERVICE_STOP_PENDING",
                            "SERVICE_STOPPED"))
            .atLeastOne()
            .build();

    private static final Shape UNIX_ACCOUNT = Shape.extension("STIX 2.1, 6.16.2")
            .optional("gid", NUMBER)
            .optional("groups", STRINGS)
            .all(STRING, "home_dir", "shell")
            .atLeastOne()
            .build();

    static final PropertyType EXTENSIONS =
            Extensions.of(Map.of("windows-process-ext", WINDOWS_PROCESS, "windows-service-ext", WINDOWS_SERVICE));
    static final PropertyType ACCOUNT_EXTENSIONS = Extensions.of(Map.of("unix-account-ext", UNIX_ACCOUNT));

    private ProcessExtensions() {}

    /** The members of STARTUPINFO of the Windows API. */
    private static void startupInfo(Json value, ObjectCheck at) {
        if (!(value instanceof JsonObject info) || info.size() == 0) {
            at.fault("a dictionary that is not empty is expected", "STIX 2.1, 6.13.2");
            return;
        }
        for (int i = 0; i < info.size(); i++) {
            PropertyType type = STARTUP_INFO.get(info.name(i));
            if (type == null) {
                at.fault(info.name(i), "STARTUPINFO has no such member", "STIX 2.1, 6.13.2");
            } else {
                at.value(info.name(i), info.value(i), type);
            }
        }
    }

    private static Map<String, PropertyType> startupInfo() {
        Map<String, PropertyType> members = new HashMap<>();
        for (String name : List.of(
                "lpDesktop",
                "lpTitle",
                "dwFillAttribute",
                "dwFlags",
                "wShowWindow",
                "hStdInput",
                "hStdOutput",
                "hStdError")) {
            members.put(name, STRING);
        }
        for (String name : List.of("cb", "dwX", "dwY", "dwXSize", "dwYSize", "dwXCountChars", "dwYCountChars")) {
            members.put(name, INTEGER);
        }
        members.put("lpReserved", PropertyTypes.NULL);
        members.put("lpReserved2", PropertyTypes.NULL);
        members.put("cbReserved2", integer(0, 0));
        return Map.copyOf(members);
    }
}
