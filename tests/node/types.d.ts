// What the scripts of the theme use that nobody else describes: the parts of Pagefind's interface that the search needs.

interface Pagefind {
  options(options: { baseUrl: string, bundlePath: string, excerptLength: number }): Promise<void>;
  init(): Promise<void>;
  filters(): Promise<Filters>;
  search(query: string | null, options: { filters: Record<string, string> }): Promise<{ results: Found[], filters: Filters }>;
}

/** How many pages there are for each value of each filter. */
type Filters = Record<string, Record<string, number>>;

interface Found {
  data(): Promise<FoundPage>;
}

interface FoundPage {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
  sub_results: { title: string, url: string, excerpt: string, locations: number[] }[];
}

// A worksheet.

/** A place to answer; `prompt` is empty where a question has only one. */
interface Field {
  question: string;
  prompt: string;
}

interface Answer extends Field {
  by: string;
  text: string;
}

/** Who writes here, what they wrote (without a name), and what others did. */
interface Sheet {
  name: string;
  own: Answer[];
  others: Answer[];
}

/** What a file says. */
interface Contents {
  page: string;
  answers: Answer[];
}

/** A field of the page, with what shows it. */
interface Place extends Field {
  area: HTMLTextAreaElement;
  mirror: HTMLElement;
  others: HTMLElement;
  place: HTMLElement;
  section: HTMLElement;
}

/** A way to take answers into a sheet. */
type Taking = (sheet: Sheet, answers: Answer[]) => Sheet;

/** The words of the interface, by their key. */
type Words = Record<string, string>;

/** What fills the places of a word. */
type Values = Record<string, string | number>;
