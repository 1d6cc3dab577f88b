package uz.koprik.gateway.trouble;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** What is wrong with a watched folder; the sentence follows its name. */
public enum FolderTrouble implements SentenceKind {
    @English("cannot be read: the folder is missing, or a file in it vanished")
    FOLDER_GONE,
    @English("cannot be worked on: {said}")
    FOLDER_UNUSABLE,
    @English("waits: {said}")
    FOLDER_SETTING_WRONG,
    @English("waits: the store cannot serve")
    FOLDER_STORE_AWAY,
    @English("waits: the centre cannot sign: {said}")
    FOLDER_CANNOT_SIGN;
}
