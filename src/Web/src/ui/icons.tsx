interface IconProps {
  size?: string;
}

/** Line icons, drawn on a grid of 24; they stand beside a word and are not read out. */
function Drawing({ size = '1.25em', path }: IconProps & { path: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

export const HomeIcon = (props: IconProps) => <Drawing {...props} path="M4 11.5 12 5l8 6.5V20h-5.5v-5h-5v5H4z" />;
export const InvoiceIcon = (props: IconProps) => <Drawing {...props} path="M6 3.5h12v17l-3-2-3 2-3-2-3 2zM9.5 8h5M9.5 12h5" />;
export const WorkIcon = (props: IconProps) => <Drawing {...props} path="m5 12.5 4.5 4.5L19 7" />;
export const ProjectIcon = (props: IconProps) => <Drawing {...props} path="M4 6h10M4 12h16M4 18h7" />;
export const CalendarIcon = (props: IconProps) => <Drawing {...props} path="M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V7M15.5 3.5V7" />;
export const PeopleIcon = (props: IconProps) => (
  <Drawing {...props} path="M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.6-3.6 3.3-5.5 7-5.5s6.4 1.9 7 5.5" />
);
export const MailIcon = (props: IconProps) => <Drawing {...props} path="M4 6h16v12H4zM4.5 6.5 12 12.5l7.5-6" />;
export const InviteIcon = (props: IconProps) => <Drawing {...props} path="M20.5 4 3.5 11l6.5 2.5L13 20zM10 13.5 20.5 4" />;
export const AuditIcon = (props: IconProps) => <Drawing {...props} path="M12 7.5V12l3 2M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z" />;
export const SearchIcon = (props: IconProps) => <Drawing {...props} path="M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM16 16l4 4" />;
export const DownIcon = (props: IconProps) => <Drawing {...props} path="m7 10 5 5 5-5" />;
export const PrintIcon = (props: IconProps) => <Drawing {...props} path="M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7z" />;
export const BackIcon = (props: IconProps) => <Drawing {...props} path="m14 6-6 6 6 6" />;
export const ForwardIcon = (props: IconProps) => <Drawing {...props} path="m10 6 6 6-6 6" />;
export const CloseIcon = (props: IconProps) => <Drawing {...props} path="m6 6 12 12M18 6 6 18" />;
export const StaffIcon = (props: IconProps) => (
  <Drawing {...props} path="M12 3.5 19 6v5.5c0 4.3-2.8 7.4-7 9-4.2-1.6-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10" />
);
export const EyeIcon = (props: IconProps) => (
  <Drawing {...props} path="M3 12c2.2-4 5.3-6 9-6s6.8 2 9 6c-2.2 4-5.3 6-9 6s-6.8-2-9-6zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z" />
);
export const MoreIcon = (props: IconProps) => <Drawing {...props} path="M6 12h.01M12 12h.01M18 12h.01" />;
