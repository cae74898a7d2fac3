/** The sign of emendata: a c that the stroke which strikes it makes an e. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" strokeLinecap="round" aria-hidden="true">
      <path d="M26.5 14.6A10 10 0 1 0 24.6 22.6" strokeWidth="3.6" stroke="currentColor" />
      <path d="M2.5 19.3 26.5 14.6" strokeWidth="3.2" stroke="var(--em-struck)" />
    </svg>
  );
}
