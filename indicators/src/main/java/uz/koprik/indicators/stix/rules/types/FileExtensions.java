package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.COUNT;
import static uz.koprik.indicators.stix.rules.PropertyTypes.HASHES;
import static uz.koprik.indicators.stix.rules.PropertyTypes.HEX;
import static uz.koprik.indicators.stix.rules.PropertyTypes.INTEGER;
import static uz.koprik.indicators.stix.rules.PropertyTypes.NUMBER;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.dictionary;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;

import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.Extensions;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.ObservableReference;
import uz.koprik.indicators.stix.rules.PropertyType;
import uz.koprik.indicators.stix.rules.PropertyTypes;
import uz.koprik.indicators.stix.rules.Shape;
import uz.koprik.indicators.stix.rules.Vocabularies;

/** The predefined extensions of files (STIX 2.1, sections 6.7.2 to 6.7.6). */
final class FileExtensions {

    private static final Shape ARCHIVE = Shape.extension("STIX 2.1, 6.7.2")
            .required("contains_refs", ObservableReference.list("file", "directory"))
            .optional("comment", STRING)
            .build();

    private static final Shape ALTERNATE_STREAM = Shape.of("STIX 2.1, 6.7.3.2")
            .required("name", STRING)
            .optional("hashes", HASHES)
            .optional("size", COUNT)
            .build();

    private static final Shape NTFS = Shape.extension("STIX 2.1, 6.7.3")
            .optional("sid", STRING)
            .optional("alternate_data_streams", list(ALTERNATE_STREAM))
            .atLeastOne()
            .build();

    private static final Shape PDF = Shape.extension("STIX 2.1, 6.7.4")
            .all(STRING, "version", "pdfid0", "pdfid1")
            .optional("is_optimized", BOOLEAN)
            .optional("document_info_dict", FileExtensions::documentInfo)
            .atLeastOne()
            .build();

    private static final Shape RASTER_IMAGE = Shape.extension("STIX 2.1, 6.7.5")
            .all(INTEGER, "image_height", "image_width", "bits_per_pixel")
            .optional("exif_tags", dictionary(FileExtensions::exifTag))
            .atLeastOne()
            .build();

    private static final Shape PE_OPTIONAL_HEADER = Shape.of("STIX 2.1, 6.7.6.2")
            .all(
                    HEX,
                    "magic_hex",
                    "win32_version_value_hex",
                    "checksum_hex",
                    "subsystem_hex",
                    "dll_characteristics_hex",
                    "loader_flags_hex")
            .all(
                    INTEGER,
                    "major_linker_version",
                    "minor_linker_version",
                    "address_of_entry_point",
                    "base_of_code",
                    "base_of_data",
                    "image_base",
                    "section_alignment",
                    "file_alignment",
                    "major_os_version",
                    "minor_os_version",
                    "major_image_version",
                    "minor_image_version",
                    "major_subsystem_version",
                    "minor_subsystem_version",
                    "number_of_rva_and_sizes")
            .all(
                    COUNT,
                    "size_of_code",
                    "size_of_initialized_data",
                    "size_of_uninitialized_data",
                    "size_of_image",
                    "size_of_headers",
                    "size_of_stack_reserve",
                    "size_of_stack_commit",
                    "size_of_heap_reserve",
                    "size_of_heap_commit")
            .optional("hashes", HASHES)
            .atLeastOne()
            .build();

    private static final Shape PE_SECTION = Shape.of("STIX 2.1, 6.7.6.3")
            .required("name", STRING)
            .optional("size", COUNT)
            .optional("entropy", NUMBER)
            .optional("hashes", HASHES)
            .build();

    private static final Shape WINDOWS_PEBINARY = Shape.extension("STIX 2.1, 6.7.6")
            .optional("imphash", STRING)
            .all(HEX, "machine_hex", "pointer_to_symbol_table_hex", "characteristics_hex")
            .all(COUNT, "number_of_sections", "number_of_symbols", "size_of_optional_header")
            .optional("time_date_stamp", FileExtensions::wholeSecond)
            .optional("file_header_hashes", HASHES)
            .optional("optional_header", PE_OPTIONAL_HEADER)
            .optional("sections", list(PE_SECTION))
            .atLeastOne()
            .required("pe_type", Vocabularies.WINDOWS_PEBINARY_TYPE)
            .build();

    static final PropertyType EXTENSIONS = Extensions.of(Map.of(
            "archive-ext",
            ARCHIVE,
            "ntfs-ext",
            NTFS,
            "pdf-ext",
            PDF,
            "raster-image-ext",
            RASTER_IMAGE,
            "windows-pebinary-ext",
            WINDOWS_PEBINARY));

    /** ISO 32000-1, table 317. */
    private static final Set<String> DOCUMENT_INFO = Set.of(
            "Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped");

    private FileExtensions() {}

    private static void exifTag(Json value, ObjectCheck at) {
        if (!(value instanceof JsonString) && !(value instanceof JsonNumber)) {
            at.fault("a string or an integer is expected, not a value of kind " + value.kind(), "STIX 2.1, 6.7.5");
        }
    }

    private static void documentInfo(Json value, ObjectCheck at) {
        dictionary(STRING).check(value, at);
        if (at.advising() && value instanceof JsonObject info) {
            for (String key : info.names()) {
                if (!DOCUMENT_INFO.contains(key)) {
                    at.advise(key, "is not an entry of the document information dictionary of PDF", "STIX 2.1, 6.7.4");
                }
            }
        }
    }

    /** The header of a PE file counts in seconds. */
    private static void wholeSecond(Json value, ObjectCheck at) {
        PropertyTypes.TIMESTAMP.check(value, at);
        if (value instanceof JsonString s && s.value().indexOf('.') >= 0) {
            at.fault("the time is to be given in whole seconds", "STIX 2.1, 6.7.6");
        }
    }
}
