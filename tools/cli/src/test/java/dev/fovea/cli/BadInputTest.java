package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong outside the program ends in one line that says what, and in exit code 2. */
class BadInputTest {
  @TempDir Path folder;

  @Test
  void missingPicture() {
    refused("nosuch.png: no such file", "classify", "nosuch.png", "--labels=a");
  }

  @Test
  void truncatedPicture() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(Data.picture("coffee.png")));
    Path file = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    refused("cut.png", "classify", file.toString(), "--labels=a");
  }

  @Test
  void emptyPicture() throws IOException {
    Path file = Files.write(folder.resolve("zero.png"), new byte[0]);
    refused("zero.png", "classify", file.toString(), "--labels=a");
  }

  @Test
  void textInPlaceOfAPicture() {
    Path file = Data.write(folder.resolve("text.jpg"), "not a picture, whatever its name says");
    refused("text.jpg", "classify", file.toString(), "--labels=a");
  }

  @Test
  void hugePictureInAKilobyte() throws IOException {
    Path file = Files.write(folder.resolve("bomb.png"), pngHeader(50_000, 50_000));
    refused("bomb.png", "classify", file.toString(), "--labels=a");
  }

  @Test
  void emptyStandardInput() {
    refused("standard input", "classify", "-", "--labels=a");
  }

  @Test
  void folderWithoutPictures() {
    refused("no pictures in this folder", "classify", folder.toString(), "--labels=a");
  }

  @Test
  void globThatMatchesNothing() {
    refused("no file matches", "classify", folder + "/*.png", "--labels=a");
  }

  @Test
  void noPictures() {
    refused("no pictures", "classify", "--labels=a");
  }

  @Test
  void noLabels() {
    refused("--labels", "classify", Data.TENT);
  }

  @Test
  void emptyLabelList() {
    refused("no labels in it", "classify", Data.TENT, "--labels=,");
  }

  @Test
  void emptyLabelFile() {
    Path file = Data.write(folder.resolve("labels.txt"), "\n \n");
    refused("no labels in it", "classify", Data.TENT, "--labels-file", file.toString());
  }

  @Test
  void missingLabelFile() {
    refused("no such file", "classify", Data.TENT, "--labels-file", folder + "/none.txt");
  }

  @Test
  void labelFileThatIsNoText() throws IOException {
    Path file = Files.write(folder.resolve("labels.bin"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    refused("not a text file", "classify", Data.TENT, "--labels-file", file.toString());
  }

  @Test
  void unknownTemplates() {
    refused("--templates nosuch", "classify", Data.TENT, "--labels=a", "--templates=nosuch");
  }

  @Test
  void templateWithoutAPlaceForTheLabel() {
    Path file = Data.write(folder.resolve("t.txt"), "a photo");
    refused("a photo", "classify", Data.TENT, "--labels=a", "--templates=" + file);
  }

  @Test
  void labelsForAClassifierThatHasItsOwn() {
    refused(
        "labels of its own",
        "classify",
        Data.TENT,
        "--labels=a",
        "--model",
        Data.model("vit-classifier"));
  }

  @Test
  void pictureForAModelOfTexts() {
    refused("knows texts only", "embed", Data.TENT, "--model", Data.model("clip-text"));
  }

  @Test
  void textForAModelOfPictures() {
    refused("knows pictures only", "embed", "--text=a", "--model", Data.model("clip-vision-v5"));
  }

  @Test
  void modelThatCannotClassify() {
    refused("cannot classify", "classify", Data.TENT, "--model", Data.model("clip-text"));
  }

  @Test
  void unknownModel() {
    refused("org/nosuch", "classify", Data.TENT, "--labels=a", "--model=org/nosuch");
  }

  @Test
  void unknownModelType() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"teapot\"}");
    refused("teapot", "inspect", folder.toString());
  }

  @Test
  void truncatedWeights() throws IOException {
    Path model = Data.copyFolder(Data.model("clip-quickgelu"), folder.resolve("model"));
    byte[] whole = Files.readAllBytes(model.resolve("model.safetensors"));
    Files.write(model.resolve("model.safetensors"), Arrays.copyOf(whole, whole.length - 100));
    refused("model.safetensors", "classify", Data.TENT, "--labels=a", "-m", model.toString());
  }

  @Test
  void hostileWeights() throws IOException {
    Path model = Data.copyFolder(Data.model("clip-quickgelu"), folder.resolve("model"));
    byte[] hostile = new byte[64];
    Arrays.fill(hostile, (byte) 0xff);
    Files.write(model.resolve("model.safetensors"), hostile);
    refused("model.safetensors", "classify", Data.TENT, "--labels=a", "-m", model.toString());
  }

  @Test
  void configThatContradictsTheWeights() throws IOException {
    Path model = Data.copyFolder(Data.model("clip-quickgelu"), folder.resolve("model"));
    Path config = model.resolve("config.json");
    String changed =
        Files.readString(config).replaceFirst("\"projection_dim\": \\d+", "\"projection_dim\": 7");
    Files.writeString(config, changed);
    refused("do not belong together", "classify", Data.TENT, "--labels=a", "-m", model.toString());
  }

  @Test
  void tokenizerWithAnUnknownComponent() throws IOException {
    Path model = Data.copyFolder(Data.model("clip-quickgelu"), folder.resolve("model"));
    Path tokenizer = model.resolve("tokenizer.json");
    Files.writeString(
        tokenizer, Files.readString(tokenizer).replace("\"Lowercase\"", "\"Nosuchcase\""));
    refused("Nosuchcase", "classify", Data.TENT, "--labels=a", "-m", model.toString());
  }

  @Test
  void unknownOption() {
    refused("--nosuch", "classify", Data.TENT, "--nosuch");
  }

  @Test
  void unknownCommand() {
    refused("nosuch", "nosuch");
  }

  @Test
  void unknownDevice() {
    refused("abacus", "classify", Data.TENT, "--labels=a", "--device=abacus");
  }

  @Test
  void typeThatIsNotOffered() {
    refused("--dtype f16", "classify", Data.TENT, "--labels=a", "--dtype=f16");
  }

  @Test
  void noThreads() {
    refused("--threads", "classify", Data.TENT, "--labels=a", "--threads=0");
  }

  @Test
  void topOfNothing() {
    refused("--top-k", "classify", Data.TENT, "--labels=a", "--top-k=0");
  }

  @Test
  void nothingToEmbed() {
    refused("nothing to embed", "embed");
  }

  @Test
  void outputOfNoKnownFormat() {
    refused("out.xyz", "embed", Data.TENT, "-o", folder + "/out.xyz");
  }

  @Test
  void outputInAFolderThatIsNotThere() {
    refused("there is no folder", "embed", Data.TENT, "-o", folder + "/none/out.npy");
  }

  @Test
  void binaryOutputToTheTerminal() {
    refused("needs --output", "embed", Data.TENT, "--format=npy");
  }

  @Test
  void folderThatHoldsNoCase() {
    refused("no recorded case", "verify", folder.toString());
  }

  @Test
  void showsWhereAnErrorAroseOnlyIfAsked() {
    Run asked = Run.fovea("classify", "nosuch.png", "--labels=a", "--model=nosuch", "--stacktrace");

    assertTrue(asked.err().contains("\tat dev.fovea"), asked.err());
  }

  private static void refused(String part, String... arguments) {
    Run run = Run.fovea(arguments);

    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("fovea: "), run.err());
    assertTrue(run.err().contains(part), run.err());
    assertFalse(run.err().contains("Exception"), run.err());
  }

  /** A PNG that claims a size and has nothing in it. */
  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(chunk);
    header.write("IHDR".getBytes(StandardCharsets.US_ASCII));
    header.writeInt(width);
    header.writeInt(height);
    header.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.toByteArray());
    out.writeInt(13);
    out.write(chunk.toByteArray());
    out.writeInt((int) crc.getValue());
    return bytes.toByteArray();
  }
}
